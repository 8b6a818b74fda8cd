package palomar.message;

import java.io.IOException;

/// Looks for a needle in the decoded text of one header field after another. One thread.
///
/// A field of more than [#STRETCH] bytes is decoded in stretches, cut at a blank that does not belong to an
/// encoded word or stand between two, as long as there is one; matches reach across the cuts.
final class FieldSearch {
    private static final int STRETCH = 1 << 20;

    private final Needle needle;
    private final FoldedMatcher matcher;
    private final ByteBuilder held = new ByteBuilder(1024);
    private boolean whole;

    FieldSearch(Needle needle) {
        this.needle = needle;
        this.matcher = new FoldedMatcher(needle);
    }

    /// Is the needle in the field on which `header` stands? Takes the field's pieces as far as it needs them.
    ///
    /// @param withName whether the name belongs to the text
    boolean isIn(HeaderStream header, boolean withName) throws IOException {
        held.reset();
        matcher.reset();
        whole = true;
        int skipped =
                withName ? 0 : header.cursor().valueStart() - header.cursor().start();
        while (header.piece()) {
            held.add(header.array(), header.from() + skipped, header.to());
            skipped = 0;
            if (held.size() >= STRETCH && stretch()) {
                return true;
            }
        }
        if (whole) {
            byte[] text = needle.fold(HeaderText.searched(RawText.unfold(held.array(), 0, held.size())));
            return needle.isIn(text, 0, text.length);
        }
        int end = held.size();
        while (end > 0 && RawText.isSpace(held.array()[end - 1])) {
            end--;
        }
        return match(end);
    }

    /// The whole field as it came, or an empty array when it was too long to be held.
    byte[] whole() {
        return whole ? held.toByteArray() : new byte[0];
    }

    private boolean stretch() {
        if (whole) {
            int start = 0;
            while (start < held.size() && RawText.isSpace(held.array()[start])) {
                start++;
            }
            held.removeFirst(start);
            whole = false;
            if (held.size() < STRETCH) {
                return false;
            }
        }
        int end = cut();
        boolean found = match(end);
        held.removeFirst(end);
        return found;
    }

    private boolean match(int end) {
        byte[] text = needle.fold(HeaderText.searched(RawText.withoutLineEnds(held.array(), 0, end)));
        return matcher.feed(text, 0, text.length);
    }

    private int cut() {
        byte[] bytes = held.array();
        int best = 0;
        boolean inWord = false;
        for (int i = 1; i < held.size(); i++) {
            if (bytes[i - 1] == '=' && bytes[i] == '?' && !inWord) {
                inWord = true;
                i++;
            } else if (bytes[i - 1] == '?' && bytes[i] == '=') {
                inWord = false;
                i++;
            } else if (!inWord && RawText.isSpace(bytes[i]) && !RawText.isSpace(bytes[i - 1])) {
                best = i;
            }
        }
        return best >= STRETCH / 2 ? best : anyCut();
    }

    /// Between two characters of UTF-8.
    private int anyCut() {
        byte[] bytes = held.array();
        int end = held.size() - 1;
        while (end > held.size() - 4 && (bytes[end] & 0xc0) == 0x80) {
            end--;
        }
        return end;
    }
}
