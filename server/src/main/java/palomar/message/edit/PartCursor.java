package palomar.message.edit;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import palomar.message.MessageParser;

/// Walks the parts of a message, each before those inside it, and sees at once what edits make of it:
/// `foreverypart`. RFC 5703 3. One thread.
///
/// It does not go into a part that was replaced while it stood there; a loop begun there later does. When the
/// message is enclosed, it goes on in the message that is inside.
public final class PartCursor {
    /// From the root of an enclosing message to the one inside it.
    private static final int[] INSIDE = {1, 0};

    private final EditedMessage message;
    /// Children to go through from the message's root as it was when the cursor was made; null before the first.
    private int @Nullable [] path;
    private final int[] start;
    private final boolean inside;
    private final int enclosures;
    private boolean replaced;
    private boolean over;

    /// @param inside walk what is inside the part only, not the part
    PartCursor(EditedMessage message, int[] start, boolean inside) {
        this.message = message;
        this.start = start;
        this.inside = inside;
        this.enclosures = message.enclosures();
    }

    /// Moves on; false behind the last part.
    public boolean next() throws IOException {
        int[] at = path;
        if (over) {
            return false;
        }
        path = at == null ? first() : after(at);
        replaced = false;
        over = path == null;
        return !over;
    }

    /// The part on which it stands, as it is now.
    public Part part() throws IOException {
        Part found = message.at(path());
        if (found == null) {
            throw new IllegalStateException("the cursor stands on no part");
        }
        return found;
    }

    /// False: what it stood on is no longer there, because the message became another one.
    public boolean isThere() throws IOException {
        return path != null && message.at(path()) != null;
    }

    /// Walks the parts inside this one.
    public PartCursor inner() {
        return new PartCursor(message, path(), true);
    }

    void markReplaced() {
        replaced = true;
    }

    /// From the message's root as it is now.
    int[] path() {
        int[] at = path;
        if (at == null) {
            throw new IllegalStateException("the cursor stands on no part");
        }
        return current(at);
    }

    private int[] current(int[] at) {
        int[] whole = at;
        for (int i = enclosures; i < message.enclosures(); i++) {
            int[] longer = Arrays.copyOf(INSIDE, INSIDE.length + whole.length);
            System.arraycopy(whole, 0, longer, INSIDE.length, whole.length);
            whole = longer;
        }
        return whole;
    }

    private int @Nullable [] first() throws IOException {
        return inside ? child(start, 0) : start;
    }

    private int @Nullable [] after(int[] at) throws IOException {
        int[] down = replaced ? null : child(at, 0);
        if (down != null) {
            return down;
        }
        for (int length = at.length; length > start.length; length--) {
            int[] next = child(Arrays.copyOf(at, length - 1), at[length - 1] + 1);
            if (next != null) {
                return next;
            }
        }
        return null;
    }

    private int @Nullable [] child(int[] of, int index) throws IOException {
        Part parent = of.length < MessageParser.MAX_DEPTH ? message.at(current(of)) : null;
        if (parent == null || index >= parent.children().size()) {
            return null;
        }
        int[] path = Arrays.copyOf(of, of.length + 1);
        path[of.length] = index;
        return path;
    }
}
