namespace Hypergate.Tests.Security.Confirmation.Surfaces;

/// <summary>A change that a model wants: a tag on a guest, or another operation that takes its id.</summary>
internal sealed record ChangeWish(string Backend, string Vm)
{
    public string Operation { get; init; } = "PutVmTag";

    public string Tag { get; init; } = "one";

    /// <summary>The operation's arguments as members of a JSON object, without its braces.</summary>
    public string Members => Operation == "PutVmTag" ? $"\"id\":\"{Vm}\",\"tag\":\"{Tag}\"" : $"\"id\":\"{Vm}\"";
}

/// <summary>Consent that was given to one wish.</summary>
/// <param name="Token">What the model brings back.</param>
/// <param name="Run">The run that waits for it; null where there is none.</param>
internal sealed record GivenConsent(ChangeWish Wish, string Token, string? Run = null);
