using Hypergate.Governance.Authorization;
using Hypergate.Host.Settings;
using Hypergate.Tools;

namespace Hypergate.Host.Composition;

/// <summary>The settings as the roles and the way in of an audience change them: surfaces, format and length of answers, whose secrets these show, and what scripts may use.</summary>
/// <param name="Settings">Those of the gateway, or a copy with the roles' own.</param>
/// <param name="Rights">What the roles allow; null where they change nothing.</param>
internal sealed record RoleView(GatewaySettings Settings, RoleRights? Rights)
{
    public static RoleView Of(GatewaySettings settings, RoleBook roles, Audience audience)
    {
        var shown = audience.Surfaces is { } asked ? settings with { OnlySurfaces = SurfacesOf(asked.Split('\n', StringSplitOptions.RemoveEmptyEntries)) } : settings;
        if (roles.IsPlain)
        {
            return new(shown, null);
        }

        var rights = roles.Of(audience);
        return new(
            shown with
            {
                Surfaces = rights.Surfaces is { } surfaces ? SurfacesOf(surfaces) : settings.Surfaces,
                Output = settings.Output with
                {
                    Format = rights.Format ?? settings.Output.Format,
                    BudgetCharacters = Math.Min(settings.Output.BudgetCharacters, rights.BudgetCharacters ?? int.MaxValue),
                },
                Scripting = settings.Scripting with { Limits = settings.Scripting.Limits.Under(rights.Script) },
            },
            rights);
    }

    /// <summary>The surroundings with answers as the roles want them.</summary>
    public ToolSurroundings Adapt(ToolSurroundings common)
    {
        if (Rights is null)
        {
            return common;
        }

        var answers = common.Answers.With(Settings.Output);
        return common with { Answers = Rights.SeesSecrets ? answers.Revealing(Rights.SeesSecretsOf) : answers };
    }

    private static List<Surface> SurfacesOf(IEnumerable<string> words) => [.. words.Select(static word => Enum.Parse<Surface>(word, ignoreCase: true))];
}
