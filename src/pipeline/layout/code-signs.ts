import type { Line } from '../../document/block.js';
import { lineText } from './lines.js';

/** Signs of programs and commands, hardly ever of prose. */
const CODE_SIGN =
  /[{}<>=$#|\\;_~^`[\]]|\(\)|--\w|\w\(|"""|::|\/\/|\/\*|\*\/|\w\/\w|^\s*[%>*]|^-{1,2}\w|^(?:- )?[\w.-]+:(?:\s|$)/u;

/** Words that lines of programs begin with. */
const KEYWORD =
  /^(?:def|class|return|import|from|if|elif|else|for|while|do|done|try|except|with|function|func|fn|let|const|var|int|void|char|double|float|public|private|static|struct|enum|use|local|echo|print|end|begin|fi|case|switch|break|continue|raise|throw|new|async|await|export|select|insert|SELECT|FROM|WHERE|INSERT|UPDATE|CREATE)\b/u;

export const hasCodeSign = (line: Line): boolean => {
  const text = lineText(line);
  return CODE_SIGN.test(text) || KEYWORD.test(text);
};
