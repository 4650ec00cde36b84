import { setFlagsFromString } from 'node:v8';

/*
 * V8 optimises a function once it has run through this many bytes of bytecode. At its own 66–132 KB half of the
 * processor time of a document of 200 pages goes into optimising hundreds of functions, many for a few pages only
 * and several times over; loops over pixels reach this limit within milliseconds, too. Above 1.5 MB what is saved is
 * lost again in slower code. It holds for all threads of the process, and is read whenever a function is weighed. A
 * version of V8 without the setting ignores it.
 */
setFlagsFromString('--interrupt-budget=800000');
