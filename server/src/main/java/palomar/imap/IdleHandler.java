package palomar.imap;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import palomar.imap.proto.CommandReader;
import palomar.net.ClientGone;
import palomar.net.ReadInterrupted;
import palomar.storage.Watch;

/// IDLE. RFC 9051 6.3.13; what it tells after NOTIFY: RFC 5465 4
///
record IdleHandler(Dialogue dialogue, Pusher pusher, Standing standing) {
    private static final Watch NOTHING = () -> {};

    enum End {
        DONE,
        OTHER,
        OVERRUN,
        MAILBOX_GONE
    }

    End run() throws IOException {
        dialogue.out().continuation("idling");
        dialogue.out().flush();
        try {
            return idle();
        } catch (ReadInterrupted woken) {
            if (pusher.mailboxGone()) {
                return End.MAILBOX_GONE;
            }
            throw woken;
        }
    }

    private End idle() throws IOException {
        Notifier asked = standing.notifier();
        SelectedMailbox selected = standing.selectedBox();
        MetadataWatch metadata = dialogue.metadataWatch();
        if (asked != null) {
            try (Watch _ = metadata == null ? NOTHING : metadata.onChange(pusher::wake);
                    Watch _ = standing.watchUrlKey(pusher::wake)) {
                return pusher.whileWaiting(() -> tell(asked), this::waitForDone);
            }
        }
        if (selected == null && metadata == null) {
            return waitForDone();
        }
        // What happened between the last answer and the watches is told first.
        try (Watch _ = selected == null ? NOTHING : selected.mailbox().watch(pusher::wake);
                Watch _ = metadata == null ? NOTHING : metadata.onChange(pusher::wake);
                Watch _ = standing.watchUrlKey(pusher::wake)) {
            return pusher.whileWaiting(() -> tell(selected), this::waitForDone);
        }
    }

    private boolean tell(Notifier asked) throws IOException {
        boolean there = asked.push(true);
        dialogue.tellMetadata();
        standing.tellUrlKey();
        return there;
    }

    private boolean tell(@Nullable SelectedMailbox selected) throws IOException {
        if (selected != null) {
            if (selected.mailbox().deleted()) {
                return false;
            }
            selected.sync(dialogue.out(), Telling.ALL, Quiet.NONE);
        }
        dialogue.tellMetadata();
        standing.tellUrlKey();
        return true;
    }

    private End waitForDone() throws IOException {
        if (dialogue.in().buffered() == 0
                && !dialogue.connection().awaitInput(dialogue.settings().idle())) {
            throw new ClientGone(ClientGone.Reason.CLOSED, "closed in IDLE");
        }
        CommandReader.IdleEnd end = dialogue.reader().readDone();
        return switch (end) {
            case DONE -> End.DONE;
            case OTHER -> End.OTHER;
            case OVERRUN -> End.OVERRUN;
        };
    }
}
