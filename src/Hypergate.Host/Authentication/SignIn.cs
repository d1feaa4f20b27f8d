using Hypergate.Model;

namespace Hypergate.Host.Authentication;

/// <summary>What became of a request's credential.</summary>
internal abstract record SignIn
{
    private SignIn()
    {
    }

    /// <summary>What came: <c>none</c>, <c>key</c>, <c>oauth</c>, or <c>several</c>.</summary>
    public string Scheme { get; init; } = "none";

    internal sealed record Accepted(Caller Caller) : SignIn;

    /// <param name="Status">400 for more than one credential, 401 for none or a wrong one, 503 where the store cannot be read.</param>
    internal sealed record Refused(int Status, string Message) : SignIn
    {
        /// <summary>What was tried, as far as it may be shown; null where there was no credential.</summary>
        public string? Tried { get; init; }

        /// <summary>What tells the client how to come in: the header WWW-Authenticate.</summary>
        public string Challenge { get; init; } = "Bearer realm=\"hypergate\"";
    }
}
