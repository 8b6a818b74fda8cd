package palomar.message.edit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import palomar.bytes.ByteSource;

/// What has to be known of content before it is put into a multipart. RFC 2046 5.1.1
///
/// @param eightBit it has bytes beyond ASCII
/// @param occurs one of its lines begins with the delimiter
record ContentScan(boolean eightBit, boolean occurs) {
    private static final int PIECE = 32 << 10;

    static ContentScan of(ByteSource source, String boundary) throws IOException {
        byte[] wanted = ("--" + boundary).getBytes(StandardCharsets.US_ASCII);
        byte[] piece = new byte[PIECE];
        boolean eightBit = false;
        boolean occurs = false;
        int same = 0;
        try (InputStream in = source.open()) {
            for (int size = in.read(piece); size >= 0; size = in.read(piece)) {
                for (int i = 0; i < size; i++) {
                    byte b = piece[i];
                    eightBit |= b < 0;
                    same = b == '\n' ? 0 : same >= 0 && same < wanted.length && b == wanted[same] ? same + 1 : -1;
                    occurs |= same == wanted.length;
                }
            }
        }
        return new ContentScan(eightBit, occurs);
    }

    /// A boundary that no line of the content begins with: the one given, or one like it.
    static String boundary(ByteSource source, String wanted) throws IOException {
        String boundary = wanted;
        while (of(source, boundary).occurs) {
            boundary = "x" + boundary;
        }
        return boundary;
    }

    /// The content transfer encoding to name for content that is sent as it is.
    String encoding() {
        return eightBit ? "8bit" : "7bit";
    }
}
