import { getPointer, type JsonValue } from '../json/json.ts';
import type { EnvelopePointers, OpenedBody } from './answer.ts';

/** The code and message of an answer, where they stood, and the interpretations that this shows. */
export interface Envelope {
  readonly code: JsonValue;
  readonly codeAt: string;
  readonly message: JsonValue | undefined;
  readonly messageAt: string;
  readonly interpretations: readonly string[];
}

interface Place extends Required<EnvelopePointers> {
  readonly interpretation: string;
}

/** The pages do not say where code and message stand: see the ambiguity `envelope`. */
const places: readonly Place[] = [
  { code: '/response/code', message: '/response/description', interpretation: 'envelope.response-object' },
  { code: '/code', message: '/description', interpretation: 'envelope.top-level' },
  { code: '/code', message: '/message', interpretation: 'envelope.top-level' },
];

/**
 * Finds code and message: where the profile says, or else wherever the documents allow; in an encrypted answer first
 * in the plain text, then beside `encData`. Undefined when there is no code.
 */
export function findEnvelope(body: OpenedBody, pinned: EnvelopePointers): Envelope | undefined {
  const allowed = allowedPlaces(pinned);
  if (body.form === 'plain') return findIn(body.value, allowed);
  if (body.form === 'sealed') return findIn(body.outer, allowed);
  if (body.form !== 'encrypted') return undefined;
  const inside = findIn(body.value, allowed);
  if (inside) return withInterpretation(inside, 'envelope-of-encrypted-answers.inside');
  const beside = findIn(body.outer, allowed);
  return beside && withInterpretation(beside, 'envelope-of-encrypted-answers.beside');
}

/** Where a code was looked for, for a person. */
export function envelopePlaces(pinned: EnvelopePointers): string {
  return [...new Set(allowedPlaces(pinned).map(({ code }) => code))].join(' or ');
}

function allowedPlaces({ code, message }: EnvelopePointers): readonly Place[] {
  if (code === undefined && message === undefined) return places;
  return [
    {
      code: code ?? '/response/code',
      message: message ?? '/response/description',
      interpretation: 'envelope.profile',
    },
  ];
}

function findIn(value: JsonValue, allowed: readonly Place[]): Envelope | undefined {
  const found = allowed
    .map((place) => ({
      place,
      code: getPointer(value, place.code),
      message: getPointer(value, place.message),
    }))
    .filter(({ code }) => code !== undefined)
    .sort((a, b) => Number(b.message !== undefined) - Number(a.message !== undefined))[0];
  if (found?.code === undefined) return undefined;
  const { place, code, message } = found;
  return {
    code,
    codeAt: place.code,
    message,
    messageAt: place.message,
    interpretations: [place.interpretation],
  };
}

function withInterpretation(envelope: Envelope, interpretation: string): Envelope {
  return { ...envelope, interpretations: [...envelope.interpretations, interpretation] };
}
