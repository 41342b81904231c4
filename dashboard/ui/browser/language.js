// Says the language of the page to the browser and to whoever listens to the page instead of reading it.
export default function ({ data }) {
  document.documentElement.lang = data.language;
}
