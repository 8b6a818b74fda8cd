package palomar.delivery.sieve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import palomar.mail.Flags;
import palomar.mail.SystemFlags;
import palomar.storage.Mailbox;
import palomar.storage.MessageCursor;

/// Flags as scripts write them. RFC 5232 2
final class FlagWords {
    private FlagWords() {}

    /// As scripts write them.
    static List<String> words(Flags flags) {
        List<String> words = new ArrayList<>();
        for (int bit = 1; bit <= flags.system(); bit <<= 1) {
            String name = SystemFlags.name(bit & flags.system());
            if (name != null) {
                words.add(name);
            }
        }
        words.addAll(flags.keywords());
        return words;
    }

    /// Words with a backslash that are no flags of IMAP (`\Recent` among them) are passed over.
    static Flags of(Optional<List<String>> words) {
        int system = 0;
        List<String> keywords = new ArrayList<>();
        for (String word : words.orElse(List.of())) {
            system |= SystemFlags.bit(word);
            if (!word.startsWith("\\") && !word.isEmpty()) {
                keywords.add(word);
            }
        }
        return new Flags(system, keywords);
    }

    /// Of the message on which the cursor stands.
    static List<String> words(Mailbox mailbox, MessageCursor row) {
        List<String> names = mailbox.keywords();
        List<String> keywords = new ArrayList<>();
        for (long left = row.keywordBits(); left != 0; left &= left - 1) {
            keywords.add(names.get(Long.numberOfTrailingZeros(left)));
        }
        return words(new Flags(row.systemFlags(), keywords));
    }
}
