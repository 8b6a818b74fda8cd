package palomar.pop3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import palomar.bytes.ByteSource;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.pop3.proto.MessageSender;
import palomar.storage.MessageCursor;

/// A message as a client may see it. Valid as long as the mailbox is open.
///
/// @param header stands in the place of the message's own; empty when that one is sent
/// @param from where in the content the rest begins
record Outgoing(Optional<byte[]> header, ByteSource content, long from, long size) {
    private static final long PIECE = 64 * 1024;
    /// Headers that are looked at in memory; longer ones go to clients that know UTF-8, or are in ASCII.
    private static final long MOST_HEADER = 1024 * 1024;

    /// As it is.
    static Outgoing whole(MessageCursor row) {
        return new Outgoing(Optional.empty(), row.content(), 0, row.size());
    }

    /// For a client that has not said UTF8. RFC 6856 2.1
    ///
    /// Throws MailException when there is no way to send it.
    static Outgoing ascii(MessageCursor row) throws IOException {
        ByteSource content = row.content();
        long size = row.size();
        long length = row.digest().headerSize();
        if (length > MOST_HEADER) {
            if (hasHighBytes(content, length)) {
                throw new MailException(MailError.CANNOT, "so long a header needs UTF8 before login");
            }
            return new Outgoing(Optional.empty(), content, 0, size);
        }
        byte[] header = bytes(content, length);
        Optional<byte[]> ascii = AsciiHeader.of(header);
        return ascii.isEmpty() ? new Outgoing(ascii, content, 0, size) : new Outgoing(ascii, content, length, size);
    }

    private static byte[] bytes(ByteSource content, long length) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) length);
        content.writeTo(bytes, 0, length);
        return bytes.toByteArray();
    }

    private static boolean hasHighBytes(ByteSource content, long length) throws IOException {
        int[] all = new int[1];
        try (OutputStream look = new OutputStream() {
            @Override
            public void write(int b) {
                all[0] |= b;
            }

            @Override
            public void write(byte[] bytes, int offset, int count) {
                for (int i = offset; i < offset + count; i++) {
                    all[0] |= bytes[i];
                }
            }
        }) {
            content.writeTo(look, 0, length);
        }
        return (all[0] & 0x80) != 0;
    }

    /// What RETR sends, dots in front of lines counted once.
    long bytes() {
        return header.map(own -> own.length).orElse(0) + size - from;
    }

    /// Sends as much of it as is wanted.
    void send(MessageSender to) throws IOException {
        if (header.isPresent()) {
            to.write(header.get());
        }
        for (long at = from; at < size && !to.isFull(); at += PIECE) {
            content.writeTo(to, at, Math.min(size - at, PIECE));
        }
    }
}
