package palomar.message;

import org.jspecify.annotations.Nullable;

/// One entity of a message while it is parsed: the message itself, a body part, or the message inside a
/// message/rfc822 part. Offsets in bytes from the start of the message.
final class PartNode {
    /// What may stand inside an entity.
    enum Kind {
        LEAF,
        /// Parts between boundaries.
        MULTIPART,
        /// One whole message.
        MESSAGE
    }

    final @Nullable PartNode parent;
    final int depth;
    final long mimeOffset;
    /// A message with a header of its own, not a body part.
    final boolean message;

    @Nullable
    PartNode firstChild;

    @Nullable
    PartNode lastChild;

    @Nullable
    PartNode next;
    /// All entities below this one.
    int descendants;

    Kind kind = Kind.LEAF;
    String type = "text";
    String subtype = "plain";
    String charset = "";
    String encoding = "7bit";

    long bodyOffset;
    long bodyEnd;
    /// Line ends seen before the body; after closing, the body's own.
    long lines;

    /// BODYSTRUCTURE of this entity before its size, see [StructureWriter].
    byte[] fields = NOTHING;
    /// And the extension data behind it.
    byte[] extension = NOTHING;
    /// ENVELOPE, of a message only.
    byte[] envelope = NOTHING;

    private static final byte[] NOTHING = new byte[0];

    PartNode(@Nullable PartNode parent, long mimeOffset, boolean message) {
        this.parent = parent;
        this.depth = parent == null ? 0 : parent.depth + 1;
        this.mimeOffset = mimeOffset;
        this.message = message;
        this.bodyOffset = mimeOffset;
        this.bodyEnd = mimeOffset;
    }

    boolean isText() {
        return kind == Kind.LEAF && type.equals("text");
    }

    /// Whether a part of multipart/digest is a message unless it says otherwise. RFC 2046 5.1.5
    boolean inDigest() {
        return !message && parent != null && parent.subtype.equals("digest");
    }

    void addChild(PartNode child) {
        if (lastChild == null) {
            firstChild = child;
        } else {
            lastChild.next = child;
        }
        lastChild = child;
        for (PartNode at = this; at != null; at = at.parent) {
            at.descendants++;
        }
    }
}
