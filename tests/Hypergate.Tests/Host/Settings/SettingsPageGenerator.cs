using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hypergate.Backends;
using Hypergate.Governance.Authorization;
using Hypergate.Host.Settings;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Tests.Host.Settings;

/// <summary>Makes docs/settings.md from the types, the list of variables and the prose beside this file.</summary>
internal static class SettingsPageGenerator
{
    private const string VariablesMark = "<!-- variables -->\n";
    private const string SettingsMark = "<!-- settings -->\n";

    public static string Generate(string prose) => prose
        .Replace(VariablesMark, Variables(), StringComparison.Ordinal)
        .Replace(SettingsMark, Settings(), StringComparison.Ordinal);

    private static string Variables()
    {
        var table = new StringBuilder("| variable | meaning | with a settings file |\n|---|---|---|\n");
        foreach (var variable in EnvironmentVariables.All)
        {
            table.Append(null, $"| `{variable.Name}` | {variable.Meaning} | {(variable.InFile is { } instead ? $"write `{instead}`" : "holds")} |\n");
        }

        return table.ToString();
    }

    private static string Settings()
    {
        var table = new StringBuilder("| key | value | default | meaning |\n|---|---|---|---|\n");
        AddRows(table, typeof(GatewaySettings), "");
        return table.ToString();
    }

    private static void AddRows(StringBuilder table, Type type, string prefix)
    {
        foreach (var property in type.GetProperties().Where(static property => property.IsDefined(typeof(SettingAttribute))))
        {
            var setting = property.GetCustomAttribute<SettingAttribute>()!;
            var key = prefix + NameOf(property);
            var (group, suffix) = GroupOf(property.PropertyType);
            var example = setting.Example is null ? "" : $" Example: `{setting.Example}`";
            table.Append(null, $"| `{key}` | {Cell(ValueOf(property, setting))} | {Cell(DefaultOf(property, setting, group))} | {Cell(setting.Description + example)} |\n");
            if (group is not null)
            {
                AddRows(table, group, $"{key}{suffix}.");
            }
        }
    }

    private static string NameOf(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    /// <summary>The record of settings below a property, where there is one.</summary>
    private static (Type? Type, string Suffix) GroupOf(Type type)
    {
        var generic = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        var (inner, suffix) = generic == typeof(IReadOnlyList<>) ? (type.GenericTypeArguments[0], "[]")
            : generic == typeof(IReadOnlyDictionary<,>) ? (type.GenericTypeArguments[1], ".NAME")
            : Nullable.GetUnderlyingType(type) is { } value ? (value, "")
            : (type, "");
        return inner.GetProperties().Any(static property => property.IsDefined(typeof(SettingAttribute))) ? (inner, suffix) : (null, "");
    }

    private static string ValueOf(PropertyInfo property, SettingAttribute setting) => setting.Values.Length > 0
        ? string.Join(", ", setting.Values.Select(static value => $"`{value}`"))
        : WordFor(property.PropertyType, setting);

    private static string WordFor(Type type, SettingAttribute setting)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var arguments = type.GenericTypeArguments;
        return type switch
        {
            { IsEnum: true } => string.Join(", ", type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(static field => $"`{field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()!.Name}`")),
            _ when type == typeof(bool) => "`true`, `false`",
            _ when type == typeof(int) || type == typeof(double) => $"{setting.Minimum:0} to {setting.Maximum:0}",
            _ when arguments.Length == 1 => $"list of {(GroupOf(type).Type is null ? WordFor(arguments[0], setting) : "groups")}",
            _ when arguments.Length == 2 => $"map to {(setting.Values.Length > 0 ? "words" : GroupOf(type).Type is null ? WordFor(arguments[1], setting) : "groups")}",
            _ when GroupOf(type).Type is not null => "group",
            _ when type == typeof(Secret) => "secret",
            _ when type == typeof(AccessList) => "word, or list of words",
            _ when type == typeof(PlatformUrls) => "text, or list of text",
            _ => "text",
        };
    }

    private static string DefaultOf(PropertyInfo property, SettingAttribute setting, Type? group)
    {
        var isRequired = property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute));
        return setting switch
        {
            _ when isRequired => "**required**",
            { DefaultText: { } words } => words,
            _ when group is not null => "",
            _ => SettingsSchemaGenerator.DefaultOf(property) is { } value ? $"`{value.ToJsonString().Trim('"')}`" : "",
        };
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
