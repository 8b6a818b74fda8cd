package palomar.sieve.ext.editheader;

import java.util.Optional;
import palomar.message.edit.Field;
import palomar.message.edit.FieldName;
import palomar.sieve.Arguments;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.Flow;
import palomar.sieve.Run;
import palomar.sieve.Spec;
import palomar.sieve.Statement;
import palomar.sieve.Tag;
import palomar.sieve.Text;
import palomar.sieve.ext.index.IndexExtension;
import palomar.sieve.syntax.Octets;

/// RFC 5293
///
/// Settings: `sieve_editheader_max_header_size`, and those of [ProtectedFields].
public final class EditHeaderExtension implements Extension {
    private static final String LARGEST = "sieve_editheader_max_header_size";
    private static final int USUAL_LARGEST = 2048;
    /// RFC 5293 4: no limit may be smaller.
    private static final int LEAST_LARGEST = 998;

    @Override
    public String name() {
        return "editheader";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.command(
                Spec.of("addheader")
                        .tag(Tag.of("last"))
                        .string("field name")
                        .string("value")
                        .saying(words ->
                                "add the header field " + words.of("field name") + " with " + words.of("value")),
                EditHeaderExtension::add);
        declarations.command(
                Spec.of("deleteheader")
                        .tag(Tag.of("index").number().compile(IndexExtension::number))
                        .tag(Tag.of("last").onlyWith("index"))
                        .matchTags()
                        .string("field name")
                        .optionalStrings("value patterns")
                        .saying(words -> "remove the header field " + words.of("field name")
                                + (words.has("value patterns") ? " where it " + words.match("value patterns") : "")),
                DeleteHeader::compile);
    }

    private static Statement add(Arguments arguments) {
        Text name = arguments.string("field name");
        Text value = arguments.string("value");
        if (checkName(arguments)) {
            value.constant()
                    .filter(text -> !isValue(text))
                    .ifPresent(text -> arguments.error("value", badValue(text) + " for the addheader command"));
        }
        boolean last = arguments.has(":last");
        return run -> {
            String fieldName = name(run, name);
            String text = value.value(run);
            if (!isValue(text)) {
                throw run.fault(badValue(text) + " for the addheader command");
            }
            Optional<Field> field = field(run, fieldName, text);
            if (field.isPresent()) {
                run.message().add(field.get(), last);
            }
            return Flow.NEXT;
        };
    }

    /// Empty when it may not be added: RFC 5293 6.
    private static Optional<Field> field(Run run, String name, String text) {
        if (!ProtectedFields.of(run).mayAdd(name)) {
            return Optional.empty();
        }
        long most = Math.max(LEAST_LARGEST, run.settings().bytes(LARGEST, USUAL_LARGEST));
        run.charge(text.length() / 16);
        Field field = Field.of(name, text);
        int size = field.size() - 2;
        if (size > most) {
            throw run.fault("specified value for the header field name '" + name + "' is invalid: it is too large ("
                    + size + " bytes, at most " + most + " are allowed)");
        }
        run.hold(2L * size);
        return Optional.of(field);
    }

    /// False: a constant can't be the name of a field, and was reported.
    static boolean checkName(Arguments arguments) {
        Optional<String> bad = arguments.string("field name").constant().filter(text -> !FieldName.isValid(text));
        bad.ifPresent(text -> arguments.error("field name", badName(text) + " for the " + arguments.label()));
        return bad.isEmpty();
    }

    /// The name; faults when it can't be one.
    static String name(Run run, Text text) {
        String name = text.value(run);
        if (!FieldName.isValid(name)) {
            throw run.fault(badName(name));
        }
        return name;
    }

    private static String badName(String name) {
        return "specified field name '" + shown(name) + "' is invalid";
    }

    private static String badValue(String value) {
        return "specified value '" + shown(value) + "' is invalid";
    }

    /// Text of any kind; line ends in it become blanks. RFC 5293 4
    private static boolean isValue(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) && c != '\t' && c != '\r' && c != '\n') {
                return false;
            }
        }
        return !Octets.isOdd(text);
    }

    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), 80); i++) {
            char c = text.charAt(i);
            shown.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
        }
        return shown.append(text.length() > 80 ? "..." : "").toString();
    }
}
