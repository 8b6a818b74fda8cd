package palomar.submission;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import palomar.smtp.client.RelayTrouble;
import palomar.smtp.proto.SmtpReply;

/// Takes a client's message and passes it on. Does not throw for what is wrong at the relay or with the message:
/// it remembers that and swallows the rest, because the client goes on sending; only without an end in sight it
/// throws [TooMuch]. One thread.
final class MessageSink extends OutputStream {
    /// A message that goes this far beyond the largest is not worth reading to its end.
    static final long MOST_WASTE = 64L * 1024 * 1024;

    private final Passage passage;
    private final HeaderRepair repair;
    private final long most;
    private long size;
    private Optional<SmtpReply> wrong = Optional.empty();
    private Optional<RelayTrouble> trouble = Optional.empty();

    /// No end in sight.
    static final class TooMuch extends IOException {
        private static final long serialVersionUID = 1;

        TooMuch() {
            super("a message without end");
        }
    }

    /// @param most bytes that the client may send
    MessageSink(Passage passage, HeaderRepair repair, long most) {
        this.passage = passage;
        this.repair = repair;
        this.most = most;
    }

    /// Bytes of the client so far.
    long size() {
        return size;
    }

    /// Why the message won't be accepted, as far as it is known.
    Optional<SmtpReply> wrong() {
        return wrong;
    }

    /// What happened to the relay, for the log.
    Optional<RelayTrouble> trouble() {
        return trouble;
    }

    @Override
    public void write(int b) throws IOException {
        byte[] one = {(byte) b};
        write(one, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        size += length;
        if (size > most + MOST_WASTE) {
            throw new TooMuch();
        }
        if (size > most && wrong.isEmpty()) {
            wrong = Optional.of(Replies.TOO_BIG);
        }
        if (wrong.isPresent()) {
            return;
        }
        try {
            repair.write(bytes, offset, length);
        } catch (RelayTrouble gone) {
            lost(gone);
        }
    }

    private void lost(RelayTrouble gone) {
        trouble = Optional.of(gone);
        wrong = Optional.of(Replies.away(gone.reply()));
    }

    /// The end of the message: the relay's answer, or why it was not let come to that.
    SmtpReply finish() throws IOException {
        if (wrong.isPresent()) {
            return wrong.get();
        }
        try {
            repair.finish();
            return Replies.relayed(passage.finish());
        } catch (RelayTrouble gone) {
            lost(gone);
            return Replies.away(gone.reply());
        }
    }
}
