namespace Hypergate.Backends;

/// <summary>What a backend is convinced with. Never printed.</summary>
internal abstract record Credential
{
    private Credential()
    {
    }

    public override sealed string ToString() => "***";

    internal sealed record Token(string Value) : Credential;

    internal sealed record Password(string User, string Value) : Credential;
}
