package palomar.sieve.ext.mime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import palomar.message.edit.Field;
import palomar.message.edit.FieldName;
import palomar.message.edit.MimeElement;
import palomar.message.edit.Part;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.FieldSource;
import palomar.sieve.FieldTexts;
import palomar.sieve.Run;
import palomar.sieve.Tag;
import palomar.sieve.Texts;

/// RFC 5703 4
public final class MimeExtension implements Extension {
    private static final int ORDER = 10;
    private static final String OPTION = "MIME option";

    @Override
    public String name() {
        return "mime";
    }

    @Override
    public void declare(Declarations declarations) {
        Tag mime = Tag.of("mime").compile(MimeExtension::wrapper);
        Tag anyChild = Tag.of("anychild").onlyWith("mime");
        for (String test : List.of("header", "address", "exists")) {
            declarations.tag(test, mime);
            declarations.tag(test, anyChild);
        }
        for (MimeElement element : MimeElement.values()) {
            declarations.tag(
                    "header", option(element.name().toLowerCase(Locale.ROOT)).compile(use -> texts(element)));
        }
        declarations.tag("header", option("param").strings().compile(use -> parameters(use.strings())));
    }

    private static Tag option(String name) {
        return Tag.of(name).group(OPTION).onlyWith("mime");
    }

    private static FieldSource.Wrapper wrapper(Tag.Use use) {
        FieldSource source = use.call().has(":anychild") ? MimeExtension::inAllParts : MimeExtension::inPart;
        return new FieldSource.Wrapper(ORDER, inner -> source);
    }

    private static List<Field> inPart(Run run, List<FieldName> names) throws IOException {
        return FieldSource.all(part(run).header(), names);
    }

    private static List<Field> inAllParts(Run run, List<FieldName> names) throws IOException {
        List<Field> found = new ArrayList<>();
        List<Part> parts = part(run).withDescendants();
        run.charge(parts.size());
        for (Part part : parts) {
            found.addAll(FieldSource.all(part.header(), names));
        }
        return found;
    }

    private static Part part(Run run) throws IOException {
        return run.part().orElseGet(run.message()::root);
    }

    private static FieldTexts texts(MimeElement element) {
        return (run, field) -> {
            String text = element.of(field);
            return text == null ? List.of() : List.of(text);
        };
    }

    private static FieldTexts parameters(Texts names) {
        return (run, field) -> MimeElement.parameters(field, names.values(run));
    }
}
