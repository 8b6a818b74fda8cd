package palomar.imap;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import palomar.bytes.ByteOutput;
import palomar.imap.order.TextOrder;
import palomar.imap.proto.CollationPattern;
import palomar.imap.proto.Command;
import palomar.imap.proto.ResponseCode;
import palomar.imap.proto.ResponseWriter;
import palomar.message.Collation;

/// COMPARATOR. RFC 5255 4.7
record ComparatorHandler(Dialogue dialogue) {

    Reply run(Command.Comparator command) throws IOException {
        Enabled enabled = dialogue.enabled();
        Set<Collation> matching = EnumSet.noneOf(Collation.class);
        Optional<TextOrder> chosen = choose(command.orders(), matching);
        if (chosen.isEmpty() && !command.orders().isEmpty()) {
            return Reply.no(ResponseCode.Plain.BADCOMPARATOR, "there is no such comparator");
        }
        chosen.ifPresent(enabled::textOrder);
        tell(enabled.textOrder(), matching);
        return Reply.ok("COMPARATOR done");
    }

    /// The first that any matches; an earlier argument counts more than a later one.
    ///
    /// @param matching gets all that match any
    private static Optional<TextOrder> choose(List<CollationPattern> orders, Set<Collation> matching) {
        Optional<TextOrder> chosen = Optional.empty();
        for (CollationPattern order : orders) {
            for (Collation collation : Collation.values()) {
                boolean matches = order.isDefault()
                        ? collation == TextOrder.DEFAULT.collation()
                        : order.matches(collation.wire());
                if (matches) {
                    matching.add(collation);
                    chosen = chosen.or(() -> Optional.of(new TextOrder(collation, order.descending())));
                }
            }
        }
        return chosen;
    }

    private void tell(TextOrder active, Set<Collation> matching) throws IOException {
        ResponseWriter out = dialogue.out();
        ByteOutput bytes = out.output();
        bytes.ascii("* COMPARATOR ");
        out.astring(active.wire());
        if (matching.size() > 1) {
            String before = " (";
            for (Collation collation : matching) {
                bytes.ascii(before);
                out.astring(collation.wire());
                before = " ";
            }
            bytes.write(')');
        }
        bytes.crlf();
    }
}
