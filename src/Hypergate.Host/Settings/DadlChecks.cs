using Hypergate.Backends;
using Hypergate.Backends.Dadl;

namespace Hypergate.Host.Settings;

/// <summary>What the schema cannot say of the settings of kind <c>dadl</c>.</summary>
internal static class DadlChecks
{
    public static IEnumerable<SettingsFault> Check(BackendSettings backend, string path)
    {
        if (backend.Dadl is null != (backend.Kind != DadlKind.Name))
        {
            yield return backend.Dadl is null
                ? new(path, "is of kind dadl and needs dadl, with the file that describes the API")
                : new($"{path}.dadl", $"is for kind dadl, not for {backend.Kind}");
        }

        if (backend.Dadl is not { } dadl)
        {
            yield break;
        }

        var file = Directory.Exists(dadl.File) ? Path.Combine(dadl.File, $"{backend.Name}.dadl") : dadl.File;
        if (FileProblem.OfOpening(file) is { } problem)
        {
            yield return new($"{path}.dadl.file", $"needs the file {file}, which {problem}");
        }

        foreach (var (name, access) in dadl.AccessMap.Where(static entry => DadlAccess.Read(entry.Value) is null))
        {
            yield return new($"{path}.dadl.accessMap.{name}", "must be read, write, admin or dangerous") { Value = access };
        }

        foreach (var (name, access) in dadl.AccessOverrides.Where(static entry => DadlAccess.Read(entry.Value) is null))
        {
            yield return new($"{path}.dadl.accessOverrides.{name}", "must be read, write, admin or dangerous") { Value = access };
        }
    }
}
