package palomar.sieve.ext.base;

import java.util.List;
import palomar.message.edit.Field;
import palomar.message.edit.FieldName;
import palomar.sieve.Arguments;
import palomar.sieve.Condition;
import palomar.sieve.Declarations;
import palomar.sieve.FieldNames;
import palomar.sieve.FieldSource;
import palomar.sieve.FieldTexts;
import palomar.sieve.Run;
import palomar.sieve.Spec;
import palomar.sieve.match.Matching;

/// `header` and `exists`. RFC 5228 5.5, 5.7
final class HeaderTests {
    private HeaderTests() {}

    static void declare(Declarations declarations) {
        declarations.test(
                Spec.of("header")
                        .matchTags()
                        .strings("header names")
                        .strings("key list")
                        .saying(words ->
                                "the header field " + words.of("header names") + " " + words.match("key list")),
                HeaderTests::header);
        declarations.test(
                Spec.of("exists")
                        .strings("header names")
                        .saying(words -> "there is a header field " + words.of("header names", "and")),
                HeaderTests::exists);
    }

    private static Condition header(Arguments arguments) {
        FieldNames names = FieldNames.of(arguments.strings("header names"));
        Matching matching = arguments.matching("key list");
        FieldSource source = arguments.fields();
        FieldTexts texts = arguments.all(FieldTexts.class).stream().findFirst().orElse(FieldTexts.WHOLE);
        return run -> {
            Matching.Pass pass = matching.start(run);
            for (Field field : source.fields(run, names.in(run))) {
                if (offer(pass, texts, run, field)) {
                    return true;
                }
            }
            return pass.end();
        };
    }

    private static boolean offer(Matching.Pass pass, FieldTexts texts, Run run, Field field) {
        if (texts == FieldTexts.WHOLE) {
            return pass.offer(field.text());
        }
        for (String value : texts.texts(run, field)) {
            if (pass.offer(value)) {
                return true;
            }
        }
        return false;
    }

    private static Condition exists(Arguments arguments) {
        FieldNames names = FieldNames.of(arguments.strings("header names"));
        FieldSource source = arguments.fields();
        return run -> {
            for (FieldName name : names.in(run)) {
                if (source.fields(run, List.of(name)).isEmpty()) {
                    return false;
                }
            }
            return true;
        };
    }
}
