/** How many names of its path a place gives: `Stmt/Ntry/NtryDtls/TxDtls`. */
const PATH_NAMES = 4;

/** Where an element begins. */
export interface XmlPlace {
  readonly line: number;
  readonly column: number;
}

/**
 * An element of an ISO 20022 message, by local names. A record (see `readElements`) is whole and hangs in no tree;
 * its `parent` is what is known of the elements around it so far: what stood before it, without other records.
 */
export class XmlElement {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly parent: XmlElement | null;
  private readonly begins: XmlPlace;
  private readonly held: XmlElement[] = [];
  private written = '';
  /** An element began in it, or a record that it does not hold. */
  private parted = false;

  constructor(given: {
    local: string;
    uri: string;
    attributes: ReadonlyMap<string, string>;
    parent: XmlElement | null;
    begins: XmlPlace;
  }) {
    this.name = given.local;
    this.namespace = given.uri;
    this.attributes = given.attributes;
    this.parent = given.parent;
    this.begins = given.begins;
  }

  /** Its text without outer blanks; that of an element with elements in it is empty, or a mistake of its writer. */
  get text(): string {
    return this.written.trim();
  }

  get children(): readonly XmlElement[] {
    return this.held;
  }

  get line(): number {
    return this.begins.line;
  }

  /** `line 17:9, Stmt/Ntry/Amt`: so that the bank's help desk can find it. */
  get where(): string {
    const path: string[] = [this.name];
    for (let at = this.parent; at && path.length < PATH_NAMES; at = at.parent)
      path.unshift(at.name);
    return `line ${this.begins.line}:${this.begins.column}, ${path.join('/')}`;
  }

  /** Those of that name right below this one. */
  all(name: string): XmlElement[] {
    return this.held.filter((child) => child.name === name);
  }

  /** The first at that path, or undefined: `child('Acct', 'Id', 'IBAN')`. */
  child(...path: readonly string[]): XmlElement | undefined {
    return path.reduce<XmlElement | undefined>(
      (at, name) => at?.held.find((child) => child.name === name),
      this,
    );
  }

  /** The text of the first element at that path; undefined when there is none or it is blank. */
  textAt(...path: readonly string[]): string | undefined {
    const text = this.child(...path)?.text;
    return text === '' ? undefined : text;
  }

  /** The nearest element around it that has this name. */
  within(name: string): XmlElement | undefined {
    let at = this.parent;
    while (at && at.name !== name) at = at.parent;
    return at ?? undefined;
  }

  /** For the reader: characters that were kept of its text. */
  get length(): number {
    return this.written.length;
  }

  /** For the reader: a piece of text; blanks between elements are not kept. Gives how much was. */
  write(piece: string): number {
    if (this.parted && piece.trim() === '') return 0;
    this.written += piece;
    return piece.length;
  }

  /** For the reader: an element begins in this one. */
  part(): void {
    if (this.written.trim() === '') this.written = '';
    this.parted = true;
  }

  /** For the reader. */
  hold(child: XmlElement): void {
    this.held.push(child);
  }
}
