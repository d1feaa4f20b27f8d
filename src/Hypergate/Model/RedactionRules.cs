namespace Hypergate.Model;

/// <summary>
/// Which values of a platform's answers are hidden, as data. A name matches a property when the property's last words are
/// that name, whatever its case and separators: <c>password</c> also hides <c>root_password</c> and <c>rootPassword</c>,
/// but neither <c>passwords</c> nor <c>password_policy</c>.
/// </summary>
public sealed record RedactionRules
{
    /// <summary>Nothing is hidden by name. User info in addresses and known secrets still are.</summary>
    public static RedactionRules None { get; } = new();

    /// <summary>Hidden always, at any depth: <c>pw_hash</c>.</summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];

    /// <summary>Hidden, at any depth, until the caller asks for the field by its name: <c>xenStoreData</c>.</summary>
    public IReadOnlyList<string> HiddenUnlessAsked { get; init; } = [];

    /// <summary>Hidden directly inside the property before the dot, compared exactly: <c>result.stack</c>.</summary>
    public IReadOnlyList<string> HiddenInside { get; init; } = [];

    /// <summary>Secrets directly inside the property before the dot, compared exactly: <c>smtp.auth</c>.</summary>
    public IReadOnlyList<string> SecretsInside { get; init; } = [];

    /// <summary>Names under which callers pass secrets, beside the usual ones; in answers they say nothing.</summary>
    public IReadOnlyList<string> PassedUnder { get; init; } = [];

    /// <summary>
    /// Properties whose whole value is an address with unencoded user info: <c>url</c>. In all other text, user info is
    /// found by the grammar of addresses.
    /// </summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Objects that are credentials, known by their other properties.</summary>
    public IReadOnlyList<CredentialObject> Credentials { get; init; } = [];

    /// <summary>Whether user info and keys inside addresses are shown.</summary>
    public bool ShowsAddressSecrets { get; init; }

    /// <summary>
    /// The same for those who may see the platform's secrets. What is hidden for other reasons than secrecy stays hidden, and so do the
    /// gateway's own secrets, which are known by their values.
    /// </summary>
    public RedactionRules Revealing() => this with { Hidden = [], SecretsInside = [], Addresses = [], Credentials = [], ShowsAddressSecrets = true };
}

/// <summary>
/// An object one of whose properties is a credential under a harmless name, such as the id of an authentication token.
/// </summary>
/// <param name="Secret">The property to hide: <c>id</c>. Compared exactly.</param>
/// <param name="Beside">It is hidden where all of these are in the same object: <c>user_id</c>, <c>expiration</c>.</param>
public sealed record CredentialObject(string Secret, IReadOnlyList<string> Beside);
