namespace Hypergate.Backends;

/// <summary>What a backend is convinced with. Never printed.</summary>
internal abstract record Credential
{
    private Credential()
    {
    }

    /// <summary>Whom it stands for, as far as it says so itself; no secret.</summary>
    public abstract string Holder { get; }

    public override sealed string ToString() => "***";

    /// <param name="Value">As it is sent.</param>
    /// <param name="Name">What the platform calls the token; empty where it has no name.</param>
    internal sealed record Token(string Value, string Name = "") : Credential
    {
        public override string Holder => Name;
    }

    internal sealed record Password(string User, string Value) : Credential
    {
        public override string Holder => User;
    }

    /// <param name="Bearer">Null for none.</param>
    /// <param name="User">Null for none.</param>
    /// <param name="Value">The user's password.</param>
    /// <param name="Keys">By the names that a description gives its security schemes.</param>
    internal sealed record Several(string? Bearer, string? User, string? Value, IReadOnlyDictionary<string, string> Keys) : Credential
    {
        /// <summary>What is known beside them under a name: of the environment.</summary>
        public Func<string, string?> Elsewhere { get; init; } = static _ => null;

        /// <summary>Where those are kept that the gateway is given later; null for nowhere.</summary>
        public CredentialKeeper? Keeper { get; init; }

        public override string Holder => User ?? "";
    }
}
