namespace Hypergate.Host.Settings;

/// <summary>What a shared state needs that the schema cannot say.</summary>
internal static class StateChecks
{
    private const int ShortestKey = 32;

    public static IEnumerable<SettingsFault> Check(GatewaySettings settings)
    {
        if (settings.State == StateKind.Postgres && settings.Postgres is null)
        {
            yield return new("state", "is postgres and needs postgres beside it, with connection and key");
        }

        if (settings.Postgres is { } postgres && postgres.Key.Reveal().Length < ShortestKey)
        {
            yield return new("postgres.key", $"must have at least {ShortestKey} characters; make one with: openssl rand -base64 32");
        }
    }
}
