package palomar.imap;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteSource;
import palomar.imap.proto.NulBytes;
import palomar.imap.proto.ResponseWriter;
import palomar.imap.proto.UrlCommand;
import palomar.imap.proto.UrlWriter;
import palomar.mail.MailError;
import palomar.mail.MailException;

/// One URL's part of a URLFETCH response. What is small is read before the response begins, so that damage shows
/// as NIL. RFC 4467 8, RFC 5524 3.2. One use, one thread.
final class UrlAnswer {
    /// Up to here a content is read ahead; larger ones stream.
    private static final int READ_AHEAD = 128 << 10;

    private final Dialogue dialogue;
    private final ResponseWriter out;
    private final UrlCommand.Wanted wanted;
    private @Nullable UrlContent content;
    private @Nullable ByteSource body;

    /// Was the transfer encoding to be undone and is not known?
    private boolean undecodable;

    UrlAnswer(Dialogue dialogue, UrlCommand.Wanted wanted) {
        this.dialogue = dialogue;
        this.out = dialogue.out();
        this.wanted = wanted;
    }

    private boolean wants(UrlCommand.Item item) {
        return wanted.items().contains(item);
    }

    void prepare(UrlContent found) {
        try {
            Optional<ByteSource> bytes = wants(UrlCommand.Item.BINARY) ? binary(found) : found.body();
            if (bytes.isPresent()) {
                body = ahead(bytes.get());
                content = found;
            }
        } catch (IOException e) {
            dialogue.events()
                    .error("imap.damaged-message", "a message could not be read for a URL; check the store", e);
        }
    }

    private Optional<ByteSource> binary(UrlContent found) throws IOException {
        try {
            return found.binary();
        } catch (MailException e) {
            if (e.kind() != MailError.UNKNOWN_CTE) {
                throw e;
            }
            undecodable = true;
            return found.body();
        }
    }

    private static ByteSource ahead(ByteSource bytes) throws IOException {
        if (bytes.size() <= READ_AHEAD) {
            return ByteSource.of(bytes.bytes());
        }
        bytes.open(0, 1).close();
        return bytes;
    }

    /// Writes the response; NIL when nothing was prepared.
    void tell() throws IOException {
        UrlWriter url = new UrlWriter(out);
        url.begin(wanted.url());
        ByteSource bytes = body;
        UrlContent found = content;
        if (bytes == null || found == null) {
            url.nil();
        } else if (wanted.items().isEmpty()) {
            url.value(bytes);
        } else {
            for (UrlCommand.Item item : wanted.items()) {
                url.beginItem(item);
                switch (item) {
                    case BODYPARTSTRUCTURE -> structure(found, bytes);
                    case BODY -> out.literal(bytes, 0, bytes.size());
                    case BINARY -> binary(bytes);
                }
                url.endItem();
            }
        }
        url.end();
    }

    private void structure(UrlContent found, ByteSource bytes) throws IOException {
        try {
            found.writeStructure(out.output(), bytes, wants(UrlCommand.Item.BINARY) && !undecodable);
        } catch (MailException e) {
            throw new BrokenAnswer(e);
        }
    }

    /// literal8 only where there is NUL, as far as that is known.
    private void binary(ByteSource bytes) throws IOException {
        if (undecodable) {
            out.nil();
            return;
        }
        boolean small = bytes.size() <= READ_AHEAD;
        byte[] all = small ? bytes.bytes() : new byte[0];
        if (small && !NulBytes.any(all, 0, all.length)) {
            out.literal(all, 0, all.length);
        } else {
            out.literal8(bytes, 0, bytes.size());
        }
    }

    /// Line ends in a content.
    static long lines(ByteSource bytes) throws IOException {
        long lines = 0;
        byte[] window = new byte[8192];
        try (InputStream in = bytes.open()) {
            for (int length = in.read(window); length >= 0; length = in.read(window)) {
                for (int i = 0; i < length; i++) {
                    lines += window[i] == '\n' ? 1 : 0;
                }
            }
        }
        return lines;
    }
}
