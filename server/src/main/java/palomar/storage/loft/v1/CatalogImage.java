package palomar.storage.loft.v1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import palomar.bytes.ByteSource;
import palomar.mail.MailboxName;

/// The catalog as a blob, all at one LSN: where replay begins. Disposable: without it the whole log is replayed.
///
///     "LOFTCAT2" | shard UUID (16) | u64 LSN | packed content | u32 CRC32C of all before
final class CatalogImage {
    static final String BLOB = "catalog";

    private static final long MAGIC = 0x3254_4143_5446_4f4cL;
    private static final int HEAD = 32;

    private CatalogImage() {}

    /// What can be said of an image.
    sealed interface Loaded {
        /// The catalog is as it was when everything before `lsn` was applied.
        record Good(long lsn) implements Loaded {}

        /// Not usable; the catalog is untouched.
        record Bad(String why) implements Loaded {}
    }

    /// Packs the catalog. Called where nothing is applied meanwhile: while a group of the same log is.
    static ByteSource pack(Catalog catalog, UUID shard, long lsn) {
        Packer to = new Packer(64 + 128 * catalog.boxCount());
        to.u64(MAGIC)
                .u64(shard.getMostSignificantBits())
                .u64(shard.getLeastSignificantBits())
                .u64(lsn);
        to.number(catalog.lastBox()).number(catalog.lastUidValidity());
        catalog.usage().pack(to);
        Collection<UserNode> users = catalog.users();
        to.number(users.size());
        for (UserNode user : users) {
            to.text(user.name);
            to.texts(user.subscriptions().stream().map(MailboxName::value).toList());
            ValueChange.all(user.values()).pack(to);
            List<Box> boxes = user.boxes();
            to.number(boxes.size());
            boxes.forEach(box -> box.pack(to));
        }
        List<Box> annotated =
                catalog.boxes().stream().filter(Box::hasAnnotations).toList();
        to.number(annotated.size());
        annotated.forEach(box -> box.packNotes(to));
        CRC32C crc = new CRC32C();
        crc.update(to.array(), 0, to.size());
        for (int shift = 0; shift < 32; shift += 8) {
            to.u8((int) (crc.getValue() >>> shift));
        }
        return ByteSource.of(to.array(), 0, to.size());
    }

    /// Fills an empty catalog.
    static Loaded unpack(byte[] image, UUID shard, Catalog catalog) {
        ByteBuffer bytes = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        if (image.length < HEAD + 4 || bytes.getLong(0) != MAGIC) {
            return new Loaded.Bad("it is no catalog image");
        }
        CRC32C crc = new CRC32C();
        crc.update(image, 0, image.length - 4);
        if ((int) crc.getValue() != bytes.getInt(image.length - 4)) {
            return new Loaded.Bad("its checksum is wrong");
        }
        if (bytes.getLong(8) != shard.getMostSignificantBits()
                || bytes.getLong(16) != shard.getLeastSignificantBits()) {
            return new Loaded.Bad("it belongs to another shard");
        }
        Unpacker from = new Unpacker(image, HEAD, image.length - HEAD - 4);
        catalog.floors(from.number(), from.number());
        catalog.usage().unpack(from);
        int users = from.count(Integer.MAX_VALUE);
        for (int i = 0; i < users; i++) {
            String user = from.text();
            List<MailboxName> subscriptions =
                    from.texts().stream().map(MailboxName::new).toList();
            catalog.restoreUser(user, subscriptions, ValueChange.unpack(from));
            int boxes = from.count(Integer.MAX_VALUE);
            for (int j = 0; j < boxes; j++) {
                catalog.restore(Box.unpack(user, catalog.names(), from));
            }
        }
        // Images of the first versions end here.
        for (int rest = from.atEnd() ? 0 : from.count(Integer.MAX_VALUE); rest > 0; rest--) {
            Box box = catalog.box(from.number());
            if (box == null) {
                throw new Unpacker.Malformed("annotations of a mailbox that is not there");
            }
            box.unpackNotes(from);
        }
        return new Loaded.Good(bytes.getLong(24));
    }
}
