/// A logged-in person between identity and mail: what the userdb says of him, in the store's words.
@NullMarked
package palomar.user;

import org.jspecify.annotations.NullMarked;
