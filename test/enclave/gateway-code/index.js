// Stands for the bundle where only the templates matter.
