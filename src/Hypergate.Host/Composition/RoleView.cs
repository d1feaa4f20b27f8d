using Hypergate.Governance.Authorization;
using Hypergate.Host.Settings;
using Hypergate.Tools;

namespace Hypergate.Host.Composition;

/// <summary>The settings as the roles of an audience change them: surfaces, format and length of answers.</summary>
/// <param name="Settings">Those of the gateway, or a copy with the roles' own.</param>
/// <param name="IsOwn">Whether the roles change anything.</param>
internal sealed record RoleView(GatewaySettings Settings, bool IsOwn)
{
    public static RoleView Of(GatewaySettings settings, RoleBook roles, Audience audience)
    {
        if (roles.IsPlain)
        {
            return new(settings, IsOwn: false);
        }

        var rights = roles.Of(audience);
        return new(
            settings with
            {
                Surfaces = rights.Surfaces is { } surfaces ? [.. surfaces.Select(static word => Enum.Parse<Surface>(word, ignoreCase: true))] : settings.Surfaces,
                Output = settings.Output with
                {
                    Format = rights.Format ?? settings.Output.Format,
                    BudgetCharacters = Math.Min(settings.Output.BudgetCharacters, rights.BudgetCharacters ?? int.MaxValue),
                },
            },
            IsOwn: true);
    }

    /// <summary>The surroundings with answers as the roles want them.</summary>
    public ToolSurroundings Adapt(ToolSurroundings common) =>
        IsOwn ? common with { Answers = common.Answers.With(Settings.Output) } : common;
}
