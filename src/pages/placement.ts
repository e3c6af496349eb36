import { ARRAY_TYPES, OBJECT_TYPES } from './labels.ts';
import type { Parameter, Parent, Placement } from './page.ts';

/**
 * Where parameters sit. The text has no nesting; what it tells is this:
 *
 * 1. `X_item` sits in the nearest array `X` above it.
 * 2. The first parameter after an object sits in that object if the object is an `X_item`, or if a gap stands
 *    between them: at least two empty lines, and more than stand between the parameter's own name and type.
 * 3. Before the first object everything is at the top.
 * 4. Where an object ends is not told. Any other parameter sits in the innermost container that may still be open,
 *    or in one around it, or at the top.
 *
 * An array whose `X_item` was seen holds nothing else. Containers form a chain, each linked to the one that is (or
 * may be) around it, so the rule costs one step a parameter.
 */

/** What the rule looks at. */
export interface Placeable {
  readonly name: string;
  readonly type: string | undefined;
  /** Whether a gap as of rule 2 stands above the name. */
  readonly gap: boolean;
}

const ITEM = '_item';

function isObject(type: string | undefined): boolean {
  return type !== undefined && OBJECT_TYPES.includes(type);
}

function isArray(type: string | undefined): boolean {
  return type !== undefined && (ARRAY_TYPES.includes(type) || /^(array|list) of /.test(type));
}

function link(placement: Placement): Parent {
  return 'parent' in placement ? placement.parent : placement.innermost;
}

/** Places the parameters of one section by the rule above; one placement for each, in order. Linear. */
export function place(parameters: readonly Placeable[]): Placement[] {
  const placements: Placement[] = [];
  const arrays = new Map<string, number>();
  /** The innermost container that may still be open after the parameters so far. */
  let open: Parent = null;
  let before: Placeable | undefined;
  for (const [index, parameter] of parameters.entries()) {
    const array = parameter.name.endsWith(ITEM)
      ? arrays.get(parameter.name.slice(0, -ITEM.length))
      : undefined;
    let placement: Placement;
    if (array !== undefined) {
      placement = { parent: array };
      // Its array holds only items: the way out leads past it.
      open = outOf(array, placements);
    } else if (before !== undefined && isObject(before.type) && (parameter.gap || isItem(before, arrays))) {
      placement = { parent: index - 1 };
    } else {
      placement = open === null ? { parent: null } : { innermost: open };
    }
    placements.push(placement);
    if (isArray(parameter.type)) arrays.set(parameter.name, index);
    if (isObject(parameter.type) || isArray(parameter.type)) open = index;
    before = parameter;
  }
  return placements;
}

function isItem(parameter: Placeable, arrays: ReadonlyMap<string, number>): boolean {
  return parameter.name.endsWith(ITEM) && arrays.has(parameter.name.slice(0, -ITEM.length));
}

function outOf(container: number, placements: readonly Placement[]): Parent {
  const placement = placements[container];
  return placement === undefined ? null : link(placement);
}

/**
 * All parents that the text allows for each parameter of one section, innermost first; a single one when it is certain. The
 * last of several is always `null`, the top level.
 */
export function candidateParents(parameters: readonly Parameter[]): readonly (readonly Parent[])[] {
  /** Arrays whose item was seen. */
  const filled = new Set<Parent>();
  return parameters.map(({ name, placement }) => {
    if ('parent' in placement) {
      if (name.value.endsWith(ITEM)) filled.add(placement.parent);
      return [placement.parent];
    }
    const found: Parent[] = [];
    let container: Parent = placement.innermost;
    while (container !== null) {
      const around = parameters[container];
      if (around === undefined) break;
      if (!(filled.has(container) && isArray(around.type?.value))) found.push(container);
      container = link(around.placement);
    }
    found.push(null);
    return found;
  });
}
