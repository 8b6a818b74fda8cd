package palomar.sieve.ext.enotify;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import palomar.sieve.Run;
import palomar.sieve.Scope;

/// Finds the method of a URI among those that a script has. Immutable.
record Methods(Map<String, NotifyMethod> byScheme) {
    static Methods of(Scope scope) {
        Map<String, NotifyMethod> found = new TreeMap<>();
        for (String scheme : scope.names(NotifyMethod.class)) {
            scope.find(NotifyMethod.class, scheme).ifPresent(method -> found.put(scheme, method));
        }
        return new Methods(found);
    }

    Optional<NotifyMethod> find(String uri) {
        int colon = uri.indexOf(':');
        return colon <= 0
                ? Optional.empty()
                : Optional.ofNullable(byScheme.get(uri.substring(0, colon).toLowerCase(Locale.ROOT)));
    }

    /// Why nothing can be sent there, whoever asks; empty: something can.
    Optional<String> wrong(String uri) {
        Optional<NotifyMethod> method = find(uri);
        if (method.isEmpty()) {
            return Optional.of(
                    "unknown notify method in '" + uri + "': known are " + String.join(", ", byScheme.keySet()));
        }
        return method.get().wrong(uri).map(why -> "invalid notify method '" + uri + "': " + why);
    }

    /// The same for this run.
    Optional<String> wrong(Run run, String uri) {
        return wrong(uri).or(() -> find(uri).flatMap(method -> method.refused(run, uri)));
    }
}
