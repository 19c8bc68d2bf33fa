using Yarp.ReverseProxy.Transforms.Builder;

namespace Railgun.Listener.Forwarding;

/// <summary>Adds <see cref="TargetTransform"/> to every route.</summary>
internal sealed class TargetTransformProvider : ITransformProvider
{
    private static readonly TargetTransform Transform = new();

    /// <inheritdoc/>
    public void Apply(TransformBuilderContext context) => context.RequestTransforms.Add(Transform);

    /// <inheritdoc/>
    public void ValidateCluster(TransformClusterValidationContext context)
    {
        // Nothing of ours can be configured per cluster.
    }

    /// <inheritdoc/>
    public void ValidateRoute(TransformRouteValidationContext context)
    {
        // Nor per route.
    }
}
