package palomar.delivery;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.storage.StagedMessage;
import palomar.storage.Staging;

/// A message while it arrives. Writing never fails: once something is wrong the rest is thrown away and
/// [#finish()] says why, so that a protocol stays in step with its peer. Close it in any case. One thread.
public final class Incoming extends OutputStream {
    private final Staging staging;
    private final long mostBytes;
    private final HeaderWatch watch = new HeaderWatch();
    private final int added;
    private final List<Receipt> receipts = new ArrayList<>();
    private boolean refusable;
    private long size;
    private @Nullable MailException wrong;

    /// @param trace a Received field that stands before the content, with its CRLF
    Incoming(Staging staging, String trace, long mostBytes) {
        this.staging = staging;
        this.mostBytes = mostBytes;
        byte[] line = trace.getBytes(StandardCharsets.UTF_8);
        this.added = line.length;
        stage(line, 0, line.length);
    }

    @Override
    public void write(int b) {
        byte[] one = {(byte) b};
        write(one, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        size += length;
        if (wrong != null) {
            return;
        }
        if (size > mostBytes) {
            wrong = new MailException(MailError.LIMIT, "message too big: more than " + mostBytes + " bytes");
            return;
        }
        watch.see(source, offset, offset + length);
        stage(source, offset, length);
    }

    private void stage(byte[] source, int offset, int length) {
        try {
            staging.write(source, offset, length);
        } catch (MailException refused) {
            wrong = refused;
        } catch (IOException e) {
            wrong = new MailException(MailError.UNAVAILABLE, "the message can't be stored now", e);
        }
    }

    /// Content bytes so far, without what we put in front; also those that were thrown away.
    public long size() {
        return size;
    }

    /// Why nothing of it will be stored; empty while all is well.
    public Optional<MailException> wrong() {
        return Optional.ofNullable(wrong);
    }

    /// Refusals reach the sender with their words: each recipient has an answer of his own.
    public Incoming refusable() {
        refusable = true;
        return this;
    }

    boolean isRefusable() {
        return refusable;
    }

    /// Bytes that we put in front.
    int added() {
        return added;
    }

    void receipt(Receipt receipt) {
        receipts.add(receipt);
    }

    /// Whom to tell whether the sender got his answers; each once.
    public List<Receipt> receipts() {
        return List.copyOf(receipts);
    }

    HeaderWatch header() {
        return watch;
    }

    /// Throws MailException with what went wrong first.
    StagedMessage finish() {
        MailException refused = wrong;
        if (refused != null) {
            throw refused;
        }
        try {
            return staging.finish();
        } catch (IOException e) {
            throw new MailException(MailError.UNAVAILABLE, "the message can't be stored now", e);
        }
    }

    @Override
    public void close() {
        staging.close();
    }
}
