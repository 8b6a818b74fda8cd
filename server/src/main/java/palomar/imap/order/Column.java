package palomar.imap.order;

import org.jspecify.annotations.Nullable;
import palomar.message.Digest;

/// One property of many messages. Immutable, safe for many threads.
interface Column {

    /// The UIDs of the rows, ascending, unsigned.
    int[] uids();

    /// What orders a row; the smallest comes first.
    long key(int row);

    /// Bytes that it takes, about.
    long memory();

    /// A column that begins with these rows.
    Growing grow();

    /// A column in the making. One thread.
    interface Growing {

        /// Adds the next row.
        ///
        /// @param arrived internal date in seconds since 1970; 0 when the message is gone
        /// @param digest null when the message is gone, or damaged: then it is as one without header
        void add(long arrived, @Nullable Digest digest);

        /// @param uids of all rows
        Column build(int[] uids);
    }

    static Growing none(Property property) {
        return switch (property) {
            case Property.SentDate sent -> new NumberColumn.Growing();
            case Property.Text text -> new TextColumn.Growing(text);
            case Property.Links links -> new LinkColumn.Growing(new IdTable());
        };
    }
}
