package palomar.sieve.ext.index;

import java.util.List;
import palomar.message.edit.Field;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.FieldSource;
import palomar.sieve.Tag;

/// RFC 5260 6
public final class IndexExtension implements Extension {
    private static final int ORDER = 20;

    @Override
    public String name() {
        return "index";
    }

    @Override
    public void declare(Declarations declarations) {
        Tag index = Tag.of("index").number().compile(IndexExtension::wrapper);
        Tag last = Tag.of("last").onlyWith("index");
        for (String test : new String[] {"header", "address", "date"}) {
            declarations.tag(test, index);
            declarations.tag(test, last);
        }
    }

    private static FieldSource.Wrapper wrapper(Tag.Use use) {
        long index = number(use);
        boolean last = use.call().has(":last");
        return new FieldSource.Wrapper(ORDER, inner -> (run, names) -> {
            List<Field> fields = inner.fields(run, names);
            long place = last ? fields.size() - index : index - 1;
            return place < 0 || place >= fields.size() ? List.of() : List.of(fields.get((int) place));
        });
    }

    /// The number behind `:index`; an error is reported for zero.
    public static long number(Tag.Use use) {
        long index = use.number();
        if (index < 1) {
            use.error("invalid index '" + index + "' for the :index tag of the "
                    + use.call().label() + ": fields are counted from 1");
        }
        return index;
    }
}
