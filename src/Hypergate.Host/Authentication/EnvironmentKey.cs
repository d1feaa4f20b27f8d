using System.Security.Cryptography;
using System.Text;
using Hypergate.Governance.Authorization;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Host.Authentication;

/// <summary>One key from the environment, for a quick start: <c>HYPERGATE_API_KEY</c> with the role <c>HYPERGATE_API_KEY_ROLE</c>.</summary>
internal sealed class EnvironmentKey
{
    public const string Variable = "HYPERGATE_API_KEY";
    public const string RoleVariable = "HYPERGATE_API_KEY_ROLE";
    private const int ShortestKey = 24;

    private readonly byte[] _hash;
    private readonly Caller _caller;

    private EnvironmentKey(string key, Caller caller) => (_hash, _caller) = (Hash(key), caller);

    /// <summary>Null where the variable is not set or empty.</summary>
    /// <exception cref="SettingsException">It is too short, or its role is unknown.</exception>
    /// <param name="sources">The process.</param>
    /// <param name="roles">The roles that there are.</param>
    public static EnvironmentKey? Read(SettingsSources sources, RoleBook roles)
    {
        if (sources.Variable(Variable) is not { } key)
        {
            return null;
        }

        var caller = CallerIn(sources)!;
        var role = caller.Roles[0];
        return key.Length < ShortestKey ? throw new SettingsException($"{Variable} must have at least {ShortestKey} characters")
            : roles.Find(role) is null ? throw new SettingsException($"{RoleVariable} must be one of {string.Join(", ", roles.Names)}{(NearestName.Find(role, roles.Names) is { } near ? $". Did you mean {near}?" : "")}")
            : new(key, caller);
    }

    /// <summary>Who comes with it; null where there is none.</summary>
    public static Caller? CallerIn(SettingsSources sources) =>
        sources.Variable(Variable) is null ? null : new("key:environment", [sources.Variable(RoleVariable) ?? Roles.Viewer]) { AuthenticatedBy = Variable };

    public Caller? Find(string text) => CryptographicOperations.FixedTimeEquals(_hash, Hash(text)) ? _caller : null;

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
