package palomar.sieve.ext.vacation;

import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.Tag;

/// `:seconds` for `vacation`, which whoever requires this has too. RFC 6131
public final class VacationSecondsExtension implements Extension {
    @Override
    public String name() {
        return "vacation-seconds";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.tag("vacation", Tag.of("seconds").number().group("period"));
        declarations.whenRequired((scope, at) -> scope.require(at, "vacation"));
    }
}
