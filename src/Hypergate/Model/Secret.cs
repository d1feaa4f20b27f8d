using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Hypergate.Model;

/// <summary>
/// A credential. Prints as <c>***</c> and has no public property, so that no log, record or serializer shows it by accident; the
/// only way to the value is to ask for it by name.
/// </summary>
[DebuggerDisplay("***")]
public sealed class Secret(string value) : IEquatable<Secret>
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _value = value;

    /// <summary>The value itself, for the request that needs it and for nothing else.</summary>
    public string Reveal() => _value;

    public bool Equals(Secret? other) =>
        other is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(_value), Encoding.UTF8.GetBytes(other._value));

    public override bool Equals(object? obj) => Equals(obj as Secret);

    public override int GetHashCode() => _value.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => "***";
}
