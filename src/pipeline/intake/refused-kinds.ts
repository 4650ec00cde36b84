/** What a file is, to complete `This is …`, and what its owner can do about it. */
export interface Refused {
  readonly what: string;
  readonly hint: string;
}

const EXPORT = 'Export it as PDF, then call again with the PDF.';
const TO_IMAGE = 'Convert it to JPEG, PNG or PDF, then call again.';
const UNPACK = 'Unpack it and pass the PDF or image inside.';
const PLAIN = 'It needs no recognition: read it directly.';
const DIRECT_LINK =
  'Print it to PDF; if it came from a URL, give the link of the file itself and not of the page around it.';

const KINDS: readonly (readonly [extensions: readonly string[], what: string, hint: string])[] = [
  [['heic'], 'a HEIC photo', TO_IMAGE],
  [['jp2', 'j2c', 'jpm', 'jpx', 'mj2'], 'a JPEG 2000 image', TO_IMAGE],
  [['jxl'], 'a JPEG XL image', TO_IMAGE],
  [['jxr', 'jls', 'flif', 'bpg', 'ktx', 'pnm'], 'an image in a rare format', TO_IMAGE],
  [['psd', 'xcf', 'indd', 'fbx', 'dwg'], 'the working file of a drawing program', TO_IMAGE],
  [['ico', 'cur', 'icns'], 'an icon', TO_IMAGE],
  [['svg'], 'an SVG drawing', TO_IMAGE],
  [['cr2', 'cr3', 'nef', 'arw', 'dng', 'orf', 'raf', 'rw2'], 'a camera raw image', TO_IMAGE],
  [['dcm'], 'a DICOM medical image', TO_IMAGE],
  [['djvu'], 'a DjVu document', EXPORT],
  [['docx', 'docm', 'dotx', 'dotm'], 'a Word document', EXPORT],
  [['xlsx', 'xlsm', 'xltx', 'xltm'], 'an Excel workbook', EXPORT],
  [['pptx', 'pptm', 'potx', 'potm', 'ppsx', 'ppsm'], 'a PowerPoint presentation', EXPORT],
  [['odt', 'ods', 'odp', 'odg', 'ott', 'ots', 'otp', 'otg'], 'an OpenDocument file', EXPORT],
  [['cfb'], 'an old Office file (Word, Excel, PowerPoint or Outlook before 2007)', EXPORT],
  [['vsdx', 'vtt', 'rtf', 'ps', 'eps', 'xps', 'oxps'], 'a document of another kind', EXPORT],
  [['epub', 'mobi', 'chm'], 'an e-book', EXPORT],
  [['zip', 'rar', 'gz', 'bz2', '7z', 'tar', 'tar.gz', 'xz', 'zst', 'lz', 'lz4', 'cab'], 'an archive', UNPACK],
  [['html'], 'a web page (HTML)', DIRECT_LINK],
  [['xml'], 'an XML file', PLAIN],
  [['text'], 'a text file', PLAIN],
  [['exe', 'elf', 'macho', 'wasm', 'class', 'jar', 'apk', 'dmg', 'deb', 'rpm'], 'a program', ''],
  [
    ['zeros'],
    'a file of zero bytes only',
    'It was probably not downloaded completely (a cloud folder, for instance); fetch it again, then call again.',
  ],
];

const READABLE_KINDS = 'Pass a PDF, PNG, JPEG, TIFF, WebP, BMP, GIF or AVIF file.';

/** `kind` is file-type's extension, or `html`, `svg`, `ps`, `pnm`, `djvu`, `text`, `zeros`, `unknown`. */
export function describeRefused(kind: string): Refused {
  const known = KINDS.find(([extensions]) => extensions.includes(kind));
  if (known) return { what: known[1], hint: known[2] || READABLE_KINDS };
  return kind === 'unknown'
    ? { what: 'a file of unknown kind, or its start is damaged', hint: READABLE_KINDS }
    : { what: `a file of kind ${kind.toUpperCase()}`, hint: READABLE_KINDS };
}
