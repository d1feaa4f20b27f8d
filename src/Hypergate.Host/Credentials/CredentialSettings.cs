using Hypergate.Schemas;

namespace Hypergate.Host.Credentials;

/// <summary>Where values come from that the settings and keys refer to.</summary>
internal sealed record CredentialSettings
{
    [Setting("A program with its arguments that gives the values of ${exec:NAME}, such as one that asks a vault. It gets {\"name\":\"NAME\"} on its standard input, answers {\"value\":\"…\"}, "
        + "or {\"value\":null} where there is none, and has five seconds. What else it says is read by nobody.", DefaultText = "none", Example = "[/usr/local/bin/from-vault, --mount, hypergate]")]
    public IReadOnlyList<string> Exec { get; init; } = [];

    [Setting("For how many seconds what it said holds before it is asked again.", Minimum = 1, Maximum = 86400)]
    public int CacheSeconds { get; init; } = 300;
}
