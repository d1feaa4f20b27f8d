namespace Hypergate.Scripting;

/// <summary>A script or a jq program that could not run to its end, through no fault of what it called.</summary>
/// <param name="code">One word: <c>sandbox_unavailable</c>, <c>busy</c>, <c>timeout</c>, <c>memory_limit</c>, <c>sandbox_crashed</c>.</param>
/// <param name="message">What happened, and what to do next.</param>
public sealed class SandboxException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;

    internal static SandboxException Unavailable(string why) => new("sandbox_unavailable", why);
}
