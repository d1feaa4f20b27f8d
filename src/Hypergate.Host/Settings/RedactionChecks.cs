using Hypergate.Results;
using Hypergate.Schemas;

namespace Hypergate.Host.Settings;

/// <summary>What the schema cannot say of redaction. An entry that fits nothing would leave open what its author takes for hidden.</summary>
internal static class RedactionChecks
{
    private static readonly ValuePath Place = ValuePath.Root.Property("redaction");

    public static IEnumerable<SettingsFault> Check(RedactionSettings redaction) =>
    [
        .. Wrong(redaction.SecretFields, "secretFields", static field => IsName(field) || field.Split('.') is [{ Length: > 0 }, { Length: > 0 }], "must be the name of a field, or NAME.NAME for a field directly inside another"),
        .. Wrong(redaction.ExtraNames, "extraNames", IsName, "must be the name of an argument, with a letter or digit in it and without a dot"),
        .. redaction.ExtraPatterns.Index().Select(static entry => (entry.Index, Problem: RedactionSettings.Problem(entry.Item))).Where(static entry => entry.Problem is not null)
            .Select(static entry => new SettingsFault(Place.Property("extraPatterns").Item(entry.Index).ToString(), entry.Problem!)),
    ];

    private static IEnumerable<SettingsFault> Wrong(IReadOnlyList<string> names, string list, Func<string, bool> fits, string rule) =>
        names.Index().Where(entry => !fits(entry.Item)).Select(entry => new SettingsFault(Place.Property(list).Item(entry.Index).ToString(), rule) { Value = entry.Item });

    private static bool IsName(string name) => name.Any(char.IsLetterOrDigit) && !name.Contains('.', StringComparison.Ordinal);
}
