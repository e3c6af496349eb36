import * as labels from '../../src/pages/labels.ts';
import {
  PARAMETER_SECTIONS,
  type PageContent,
  type Parameter,
  type ParameterSection,
  type SectionHead,
} from '../../src/pages/page.ts';

/** How a page is laid out. The facts are the same in all layouts, but for the gap that a compact one lacks. */
export interface Layout {
  /** Empty lines between two lines. */
  readonly blanks: number;
  readonly language: 'english' | 'korean';
  readonly lineEnd: '\n' | '\r\n';
  readonly colon: ' : ' | ': ';
  readonly bullet: '- ' | '• ' | '-\u00a0';
  readonly dash: '-' | '–';
  /** Logo and menu above the title. */
  readonly siteHeader: boolean;
  /** Mode on the line of the title, or on its own. */
  readonly modeRunsIn: boolean;
  /** Min and max on one line, or on two. */
  readonly oneLimitLine: boolean;
  /** Only the first value of a list has a bullet. */
  readonly dropBullets: boolean;
  /** Error code, message and description behind a colon, or below their labels. */
  readonly inlineFields: boolean;
  /** A line of white space behind descriptions, as the pages sometimes have it. */
  readonly ragged: boolean;
}

/** The layout of most real pages. */
export const USUAL: Layout = {
  blanks: 1,
  language: 'english',
  lineEnd: '\n',
  colon: ' : ',
  bullet: '- ',
  dash: '-',
  siteHeader: true,
  modeRunsIn: true,
  oneLimitLine: true,
  dropBullets: false,
  inlineFields: false,
  ragged: false,
};

/**
 * Renders a page as text that parses back to it. The lines in the model are ignored. A placement is taken as the
 * truth about the page: the first member of an object is set apart by a gap, unless the layout has no empty lines.
 */
export function renderPage(page: PageContent, layout: Layout = USUAL): string {
  const paper = new Paper(layout);
  renderHeader(paper, page);
  for (const name of PARAMETER_SECTIONS) {
    const section = page[name];
    if (section !== undefined) renderParameters(paper, labels.HEADINGS[name], section);
  }
  renderCodes(paper, page);
  renderScenarios(paper, page);
  renderEnd(paper, page);
  return paper.text();
}

class Paper {
  readonly layout: Layout;
  private readonly lines: string[] = [];

  constructor(layout: Layout) {
    this.layout = layout;
  }

  /** The spelling of a label in the language of the layout. */
  label(spellings: readonly string[]): string {
    return (this.layout.language === 'english' ? spellings[0] : spellings.at(-1)) ?? '';
  }

  write(line: string): void {
    this.lines.push(line);
    this.gap(this.layout.blanks);
  }

  gap(blanks = 1): void {
    for (let blank = 0; blank < blanks; blank++) this.lines.push('');
  }

  /** Takes the place of the empty lines above. */
  raggedLine(): void {
    this.lines.push('\u00a0');
    this.gap(this.layout.blanks);
  }

  text(): string {
    return this.lines.join(this.layout.lineEnd);
  }
}

function renderHeader(paper: Paper, page: PageContent): void {
  const { layout } = paper;
  if (layout.siteHeader) for (const line of labels.SITE_HEADER.slice(0, 4)) paper.write(line);
  const mode = page.mode === undefined ? '' : paper.label(labels.MODES[page.mode.value]);
  const name = page.name?.value ?? '';
  if (layout.modeRunsIn) paper.write(name + mode);
  else for (const line of [name, mode]) if (line !== '') paper.write(line);
  const { chosen, listed } = page.versions;
  for (const version of chosen === undefined ? listed : [chosen, ...listed]) {
    paper.write(`${paper.label(labels.VERSION)}: ${version.value}`);
  }
  if (page.method !== undefined) paper.write(page.method.value);
  if (page.path !== undefined) paper.write(page.path.value);
  for (const line of page.description) paper.write(line.value);
}

function renderHead(paper: Paper, heading: readonly string[], section: SectionHead, encrypted = false): void {
  paper.write(paper.label(heading));
  if (encrypted) paper.write(paper.label(labels.ENCRYPTED));
  for (const note of section.notes) paper.write(note.value);
}

function renderParameters(paper: Paper, heading: readonly string[], section: ParameterSection): void {
  renderHead(paper, heading, section, section.encrypted !== undefined);
  for (const [index, parameter] of section.parameters.entries()) {
    const above = section.parameters[index - 1];
    const inside = 'parent' in parameter.placement && parameter.placement.parent === index - 1;
    const first = inside && above?.type?.value === 'object' && !above.name.value.endsWith('_item');
    if (first && paper.layout.blanks > 0) paper.gap();
    else if (index > 0 && paper.layout.ragged) paper.raggedLine();
    renderParameter(paper, parameter);
  }
  renderShowAll(paper, section);
}

function renderParameter(paper: Paper, parameter: Parameter): void {
  const { layout } = paper;
  paper.write(parameter.name.value);
  if (parameter.type !== undefined) paper.write(parameter.type.value);
  if (parameter.presence !== undefined) paper.write(paper.label(labels.PRESENCES[parameter.presence.value]));
  const limits: string[] = [];
  for (const name of ['length', 'min', 'max', 'value'] as const) {
    const limit = parameter.limits[name];
    if (limit !== undefined) limits.push(`${paper.label(labels.LIMITS[name])}${layout.colon}${limit.value}`);
  }
  if (layout.oneLimitLine && limits.length > 0) paper.write(limits.join(' , '));
  else for (const limit of limits) paper.write(limit);
  for (const line of [...parameter.description, ...parameter.uncertain]) paper.write(line.value);
  for (const form of parameter.forms) {
    paper.write(`${layout.bullet}${paper.label(labels.FORM)}${layout.colon}${form.value}`);
  }
  for (const [index, entry] of parameter.values.entries()) {
    const bullet = index > 0 && layout.dropBullets ? '' : layout.bullet;
    paper.write(`${bullet}${entry.value} : ${entry.text}`);
  }
}

function renderShowAll(paper: Paper, section: SectionHead): void {
  if (section.incomplete !== undefined) paper.write(paper.label(labels.SHOW_ALL));
}

function renderField(paper: Paper, label: readonly string[], value: string): void {
  if (paper.layout.inlineFields) paper.write(`${paper.label(label)}${paper.layout.colon}${value}`);
  else for (const line of [paper.label(label), value]) paper.write(line);
}

function renderCodes(paper: Paper, page: PageContent): void {
  const section = page.responseCode;
  if (section === undefined) return;
  renderHead(paper, labels.HEADINGS.responseCode, section);
  for (const row of section.rows) {
    paper.write(String(row.status.value));
    if (row.code !== undefined) renderField(paper, labels.FIELDS.code, row.code.value);
    if (row.message !== undefined) renderField(paper, labels.FIELDS.message, row.message.value);
    const [first, ...more] = row.description;
    if (first !== undefined) renderField(paper, labels.FIELDS.description, first.value);
    for (const line of more) paper.write(line.value);
  }
  renderShowAll(paper, section);
}

function renderScenarios(paper: Paper, page: PageContent): void {
  const section = page.testData;
  if (section === undefined) return;
  renderHead(paper, labels.HEADINGS.testData, section);
  const { selected, titles } = section;
  for (const title of selected === undefined ? titles : [selected, ...titles]) {
    paper.write(`${title.status} ${paper.layout.dash} ${title.title}`);
  }
  renderShowAll(paper, section);
}

function renderEnd(paper: Paper, page: PageContent): void {
  if (page.panel === undefined) return;
  paper.write(page.panel.value);
  for (const line of ['Request', 'Loading...', 'Response', 'Click Try It!']) paper.write(line);
  paper.write('to start a Request and see the Response here!');
  for (const line of page.catalogue) paper.write(line.value);
}
