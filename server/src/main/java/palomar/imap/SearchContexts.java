package palomar.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import palomar.imap.proto.FetchItem;
import palomar.imap.proto.ResponseCode;
import palomar.imap.proto.Tag;
import palomar.mail.UidSet;

/// The searches with UPDATE of one selected mailbox; they end with it. RFC 5267 4.3. One thread at a time, as
/// [SelectedMailbox].
final class SearchContexts {
    /// RFC 5267 4.3.1 asks for at least one. Each costs up to 16 bytes a message.
    static final int MOST = 32;

    private final List<SearchContext> contexts = new ArrayList<>();

    /// Is it the tag of a search whose result is still kept up to date? It must not be used for another. RFC 5267
    /// 4.3
    boolean has(Tag tag) {
        return contexts.stream().anyMatch(context -> context.tag().equals(tag));
    }

    /// Keeps it, or says that there are too many already. RFC 5267 4.3.1
    void addOrRefuse(SearchContext context, Dialogue dialogue) throws IOException {
        if (contexts.size() < MOST) {
            contexts.add(context);
            return;
        }
        dialogue.out()
                .no(Tag.NONE, new ResponseCode.NoUpdate(context.tag()), "at most " + MOST + " searches with UPDATE");
    }

    void cancel(List<Tag> tags) {
        contexts.removeIf(context -> tags.contains(context.tag()));
    }

    /// After the flags of messages were told, before their end is.
    void changed(SelectedMailbox box, UidSet changed, UidSet gone) throws IOException {
        if (changed.isEmpty() && gone.isEmpty()) {
            return;
        }
        for (SearchContext context : contexts) {
            context.changed(box, changed, gone);
        }
    }

    /// After the number of messages was told.
    ///
    /// @param foreign those that others have brought
    /// @param toldItems what of these the client knows already
    void arrived(SelectedMailbox box, UidSet arrived, UidSet foreign, List<FetchItem> toldItems) throws IOException {
        for (SearchContext context : contexts) {
            context.arrived(box, arrived, foreign, toldItems);
        }
    }

    boolean isEmpty() {
        return contexts.isEmpty();
    }
}
