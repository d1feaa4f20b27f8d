namespace Hypergate.Host.Settings;

/// <summary>A variable of the environment that means something to the gateway.</summary>
/// <param name="Name">Capitals; proxies are read in lower case, too.</param>
/// <param name="Meaning">For the documentation.</param>
/// <param name="HoldsBesideFile">Whether it is read although there is a settings file.</param>
internal sealed record EnvironmentVariable(string Name, string Meaning, bool HoldsBesideFile);
