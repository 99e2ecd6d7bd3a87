/**
 * The texts of a PDF that is not compressed, page by page, a line each, in the order they were drawn. Reads what our
 * own papers are made of (composite fonts with a ToUnicode map, TJ), and no more of the format than that.
 */
export function textsOfPdf(bytes: Buffer): string[][] {
  const objects = objectsOf(bytes.toString('latin1'));
  const fonts = new Map<string, ReadonlyMap<string, string>>();
  for (const object of objects.values()) {
    for (const [, name = '', id = ''] of object.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id) ?? '')?.[1];
      if (map) fonts.set(name, charactersOf(objects.get(map) ?? ''));
    }
  }
  const pages = [...objects.values()].filter((object) => /\/Type \/Page\n/.test(object));
  return pages.map((page) => {
    const content = /\/Contents (\d+) 0 R/.exec(page)?.[1] ?? '';
    return [...(objects.get(content) ?? '').matchAll(/BT\n([\s\S]*?)ET/g)].map(([, text = '']) =>
      shown(text, fonts),
    );
  });
}

function objectsOf(file: string): Map<string, string> {
  const found = file.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g);
  return new Map([...found].map(([, id = '', body = '']) => [id, body]));
}

/** From glyph codes (four hex digits) to characters; `<0000> <00ff> [<0041> <0042> …]` and so on. */
function charactersOf(map: string): ReadonlyMap<string, string> {
  const characters = new Map<string, string>();
  for (const [, first = '', list = ''] of map.matchAll(/<(\w{4})> <\w{4}> \[([^\]]*)\]/g)) {
    let code = parseInt(first, 16);
    for (const [, units = ''] of list.matchAll(/<([\w\s]*)>/g)) {
      const text = (units.match(/\w{4}/g) ?? []).map((unit) => parseInt(unit, 16));
      characters.set(code.toString(16).padStart(4, '0'), String.fromCharCode(...text));
      code += 1;
    }
  }
  return characters;
}

function shown(text: string, fonts: ReadonlyMap<string, ReadonlyMap<string, string>>): string {
  const font = fonts.get(/\/(F\d+) [\d.]+ Tf/.exec(text)?.[1] ?? '');
  const codes = [...text.matchAll(/<([0-9a-f]+)>/g)].flatMap(
    ([, hex = '']) => hex.match(/.{4}/g) ?? [],
  );
  return codes.map((code) => font?.get(code) ?? '\ufffd').join('');
}
