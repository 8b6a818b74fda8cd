package palomar.convert;

import java.util.Optional;

/// What an image is, read from its first bytes and, of a JPEG, from the segments between them: before anything is
/// decoded, and without the image library. Linear, whatever the bytes.
///
/// @param format by its bytes, whatever the part's type says
/// @param scans of a JPEG, which are decoded one after the other over the whole image; 1 for others
/// @param buffered must the decoder hold the whole image, at about 6 bytes a pixel?
/// @param orientation how a camera was held, 1 to 8 as in Exif; 1 for upright
record ImageFacts(Format format, int scans, boolean buffered, int orientation) {
    /// Those that the JDK decodes and mail has.
    enum Format {
        JPEG,
        PNG,
        GIF
    }

    private static final int START_OF_IMAGE = 0xd8;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int START_OF_SCAN = 0xda;
    private static final int APP1 = 0xe1;
    private static final int ORIENTATION = 0x0112;

    /// Empty when the bytes are none of the formats.
    static Optional<ImageFacts> of(byte[] bytes) {
        if (startsWith(bytes, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n')) {
            return Optional.of(new ImageFacts(Format.PNG, 1, false, 1));
        }
        if (startsWith(bytes, 'G', 'I', 'F', '8')) {
            return Optional.of(new ImageFacts(Format.GIF, 1, false, 1));
        }
        return startsWith(bytes, 0xff, START_OF_IMAGE, 0xff) ? Optional.of(jpeg(bytes)) : Optional.empty();
    }

    private static boolean startsWith(byte[] bytes, int... wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xff) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /// Walks over the segments: 0xff, a marker, and with most markers the length of what follows. ITU-T T.81 B.1.1
    private static ImageFacts jpeg(byte[] bytes) {
        int scans = 0;
        boolean progressive = false;
        int orientation = 1;
        for (int at = 2; at + 4 <= bytes.length; ) {
            int marker = bytes[at + 1] & 0xff;
            if ((bytes[at] & 0xff) != 0xff || !isMarker(marker)) {
                at++;
                continue;
            }
            if (marker == END_OF_IMAGE) {
                break;
            }
            if (marker == START_OF_SCAN) {
                scans++;
            }
            progressive |= isProgressive(marker);
            if (marker == APP1 && orientation == 1) {
                orientation = orientation(bytes, at + 4, Math.min(bytes.length, at + 2 + length(bytes, at + 2)));
            }
            at += 2 + length(bytes, at + 2);
        }
        return new ImageFacts(Format.JPEG, Math.max(1, scans), progressive || scans > 1, orientation);
    }

    /// With a segment: neither a stuffed 0xff nor a restart in the data of a scan.
    private static boolean isMarker(int b) {
        return b >= 0xc0 && b != 0xff && (b < 0xd0 || b > START_OF_IMAGE);
    }

    private static boolean isProgressive(int marker) {
        return marker == 0xc2 || marker == 0xc6 || marker == 0xca || marker == 0xce;
    }

    private static int length(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    /// The one number of the first directory of Exif that matters here.
    private static int orientation(byte[] bytes, int from, int to) {
        int tiff = from + 6;
        if (tiff + 8 > to || bytes[from] != 'E' || bytes[from + 1] != 'x' || bytes[from + 2] != 'i') {
            return 1;
        }
        boolean little = bytes[tiff] == 'I';
        long directory = tiff + number(bytes, tiff + 4, 4, little);
        if (directory < tiff || directory + 2 > to) {
            return 1;
        }
        int at = (int) directory;
        long entries = number(bytes, at, 2, little);
        at += 2;
        for (long i = 0; i < entries && at + 12 <= to; i++, at += 12) {
            if (number(bytes, at, 2, little) == ORIENTATION) {
                long value = number(bytes, at + 8, 2, little);
                return value >= 1 && value <= 8 ? (int) value : 1;
            }
        }
        return 1;
    }

    private static long number(byte[] bytes, int at, int size, boolean little) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            value = value << 8 | bytes[little ? at + size - 1 - i : at + i] & 0xff;
        }
        return value;
    }
}
