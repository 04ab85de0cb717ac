import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const harbor: MantineColorsTuple = [
  '#ecf6f9',
  '#d8eaf0',
  '#b0d4e0',
  '#85bdd0',
  '#62aac3',
  '#4b9ebb',
  '#3d98b8',
  '#2d84a2',
  '#1c6f8b',
  '#0f5f79',
];

const slate: MantineColorsTuple = [
  '#dde2e8',
  '#bcc5d0',
  '#a0abb9',
  '#76828f',
  '#3b4653',
  '#303a46',
  '#252d37',
  '#1a2028',
  '#141920',
  '#0e1217',
];

/** Dense and calm: 13 px text, small radii, one accent; meaning is carried by severity colours alone. */
export const theme = createTheme({
  primaryColor: 'harbor',
  primaryShade: { light: 8, dark: 8 },
  colors: { harbor, dark: slate },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Ubuntu, Cantarell, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.125rem', lineHeight: '1.4' },
      h2: { fontSize: '1rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
  components: {
    Text: { defaultProps: { size: 'sm' } },
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs' } },
    Tooltip: { defaultProps: { openDelay: 250, withArrow: true, multiline: true, maw: 420 } },
    Modal: {
      defaultProps: {
        overlayProps: { backgroundOpacity: 0.45 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
      styles: { title: { fontSize: '1rem', fontWeight: 600 } },
    },
  },
});

/** Mantine's dimmed grey misses 4.5:1 on white; borders and surfaces are tuned for many thin lines. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#566170',
    '--mantine-color-text': '#17202a',
    '--mantine-color-placeholder': '#6b7683',
    '--surface-page': '#f3f5f8',
    '--surface': '#ffffff',
    '--surface-raised': '#f8fafc',
    '--line': '#dde2e9',
    '--row-hover': '#f1f6f9',
    '--row-active': '#dfeef4',
    '--row-selected': '#ecf5f8',
    '--accent': '#0f5f79',
    '--tone-critical': '#a01242',
    '--tone-high': '#ab3a06',
    '--tone-medium': '#7c5300',
    '--tone-low': '#1b55a8',
    '--tone-info': '#515c69',
    '--tone-good': '#146c3f',
    '--map-land': '#dfe5ec',
    '--map-border': '#b9c3cf',
    '--map-sea': '#f6f9fb',
  },
  dark: {
    '--mantine-color-placeholder': '#8793a1',
    '--surface-page': '#12171d',
    '--surface': '#1a2028',
    '--surface-raised': '#202730',
    '--line': '#303a46',
    '--row-hover': '#212a34',
    '--row-active': '#1b3540',
    '--row-selected': '#1d323c',
    '--accent': '#85bdd0',
    '--tone-critical': '#ff8ca8',
    '--tone-high': '#ff9d66',
    '--tone-medium': '#e9bd51',
    '--tone-low': '#82b6ff',
    '--tone-info': '#a4aebb',
    '--tone-good': '#63cf97',
    '--map-land': '#2b3540',
    '--map-border': '#475463',
    '--map-sea': '#151b22',
  },
});
